aws codeartifact delete-domain \
    --domain ${DOMAIN_NAME} \
    --domain-owner ${DOMAIN_OWNER}
