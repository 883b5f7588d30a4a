export CODEARTIFACT_AUTH_TOKEN=$(aws codeartifact get-authorization-token \
    --domain ${DOMAIN_NAME} \
    --domain-owner ${DOMAIN_OWNER} \
    --query authorizationToken --output text)
# Its length alone: the token lets people in.
echo ${#CODEARTIFACT_AUTH_TOKEN}
