arn=arn:aws:codeartifact:${AWS_REGION}:${AWS_ACCOUNT_ID}

# A token of CodeArtifact needs this beside the right to ask for it.
bearer=$(cat << END
        {
            "Effect": "Allow",
            "Action": "sts:GetServiceBearerToken",
            "Resource": "*",
            "Condition": {
                "StringEquals": {
                    "sts:AWSServiceName": "codeartifact.amazonaws.com"
                }
            }
        }
END
)

cat > dev-policy.json << END
{
    "Version": "2012-10-17",
    "Statement": [
        {
            "Effect": "Allow",
            "Action": [
                "codeartifact:GetAuthorizationToken",
                "codeartifact:GetRepositoryEndpoint",
                "codeartifact:ReadFromRepository",
                "codeartifact:PublishPackageVersion",
                "codeartifact:PutPackageMetadata"
            ],
            "Resource": [
                "${arn}:domain/${DOMAIN_NAME}",
                "${arn}:repository/${DOMAIN_NAME}/${TEAM_REPO}",
                "${arn}:repository/${DOMAIN_NAME}/${NPM_STORE_REPO}",
                "${arn}:repository/${DOMAIN_NAME}/${PYPI_STORE_REPO}",
                "${arn}:package/${DOMAIN_NAME}/${TEAM_REPO}/*"
            ]
        },
${bearer}
    ]
}
END

cat > prod-policy.json << END
{
    "Version": "2012-10-17",
    "Statement": [
        {
            "Effect": "Allow",
            "Action": [
                "codeartifact:GetAuthorizationToken",
                "codeartifact:GetRepositoryEndpoint",
                "codeartifact:ReadFromRepository"
            ],
            "Resource": [
                "${arn}:domain/${DOMAIN_NAME}",
                "${arn}:repository/${DOMAIN_NAME}/${PROD_REPO}",
                "${arn}:package/${DOMAIN_NAME}/${PROD_REPO}/*"
            ]
        },
${bearer}
    ]
}
END
