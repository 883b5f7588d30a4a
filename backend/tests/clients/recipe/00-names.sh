# What everything is called. Each step reads this first.
AWS_ACCOUNT_ID=$(aws sts get-caller-identity --query Account --output text)
DOMAIN_OWNER=${AWS_ACCOUNT_ID}
DOMAIN_NAME=my-company-domain-${SUFFIX}
NPM_STORE_REPO=npm-store
PYPI_STORE_REPO=pypi-store
TEAM_REPO=team-dev
PROD_REPO=production
