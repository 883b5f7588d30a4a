aws codeartifact list-domains --query "domains[?name=='${DOMAIN_NAME}']"
