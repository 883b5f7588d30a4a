npm config delete registry
npm config delete @mycompany:registry

pip config unset global.index-url 2>/dev/null || true
pip config unset global.trusted-host 2>/dev/null || true
