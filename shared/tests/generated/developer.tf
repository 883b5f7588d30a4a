data "aws_iam_policy_document" "my_company_developer" {
  statement {
    actions = [
      "codeartifact:GetAuthorizationToken",
      "codeartifact:GetRepositoryEndpoint",
      "codeartifact:ReadFromRepository",
      "codeartifact:PublishPackageVersion",
      "codeartifact:PutPackageMetadata",
    ]

    resources = [
      "arn:aws:codeartifact:eu-west-1:111122223333:domain/my-company",
      "arn:aws:codeartifact:eu-west-1:111122223333:repository/my-company/team-dev",
      "arn:aws:codeartifact:eu-west-1:111122223333:repository/my-company/npm-store",
      "arn:aws:codeartifact:eu-west-1:111122223333:repository/my-company/pypi-store",
      "arn:aws:codeartifact:eu-west-1:111122223333:package/my-company/team-dev/*",
    ]
  }

  statement {
    actions = ["sts:GetServiceBearerToken"]

    resources = ["*"]

    condition {
      test     = "StringEquals"
      variable = "sts:AWSServiceName"
      values   = ["codeartifact.amazonaws.com"]
    }
  }
}

resource "aws_iam_policy" "my_company_developer" {
  name        = "my-company-developer"
  description = "Developer of the CodeArtifact domain my-company"
  policy      = data.aws_iam_policy_document.my_company_developer.json
}
