for format in npm pypi; do
    aws codeartifact get-repository-endpoint \
        --domain ${DOMAIN_NAME} \
        --domain-owner ${DOMAIN_OWNER} \
        --repository ${TEAM_REPO} \
        --format ${format} \
        --query repositoryEndpoint --output text
done
