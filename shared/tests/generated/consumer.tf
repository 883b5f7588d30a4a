data "aws_iam_policy_document" "my_company_consumer" {
  statement {
    actions = [
      "codeartifact:GetAuthorizationToken",
      "codeartifact:GetRepositoryEndpoint",
      "codeartifact:ReadFromRepository",
    ]

    resources = [
      "arn:aws:codeartifact:eu-west-1:111122223333:domain/my-company",
      "arn:aws:codeartifact:eu-west-1:111122223333:repository/my-company/production",
      "arn:aws:codeartifact:eu-west-1:111122223333:package/my-company/production/*",
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

resource "aws_iam_policy" "my_company_consumer" {
  name        = "my-company-consumer"
  description = "Read-only consumer of the CodeArtifact domain my-company"
  policy      = data.aws_iam_policy_document.my_company_consumer.json
}
