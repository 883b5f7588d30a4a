aws codeartifact list-repositories-in-domain \
    --domain ${DOMAIN_NAME} \
    --domain-owner ${DOMAIN_OWNER}
