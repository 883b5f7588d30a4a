mkdir my-custom-package && cd my-custom-package

cat > package.json << END
{
    "name": "my-company-utils",
    "version": "1.0.0",
    "description": "Custom utility functions",
    "main": "index.js",
    "scripts": {
        "test": "echo \"Error: no test specified\" && exit 1"
    },
    "keywords": ["utils", "company"],
    "author": "Development Team",
    "license": "MIT"
}
END

cat > index.js << END
module.exports = {
    greet: function(name) {
        return "Hello, " + name + "!";
    },
    version: function() {
        return "1.0.0";
    }
};
END

npm publish
