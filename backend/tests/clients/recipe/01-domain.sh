aws codeartifact create-domain \
    --domain ${DOMAIN_NAME} \
    --region ${AWS_REGION}
