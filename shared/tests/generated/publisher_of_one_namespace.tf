data "aws_iam_policy_document" "my_company_publisher" {
  statement {
    sid = "Token"

    actions = ["codeartifact:GetAuthorizationToken"]

    resources = ["arn:aws:codeartifact:eu-west-1:111122223333:domain/my-company"]
  }

  statement {
    sid = "Read"

    actions = [
      "codeartifact:GetRepositoryEndpoint",
      "codeartifact:ReadFromRepository",
    ]

    resources = ["arn:aws:codeartifact:eu-west-1:111122223333:repository/my-company/team-dev"]
  }

  statement {
    sid = "Publish"

    actions = [
      "codeartifact:PublishPackageVersion",
      "codeartifact:PutPackageMetadata",
    ]

    resources = ["arn:aws:codeartifact:eu-west-1:111122223333:package/my-company/team-dev/npm/parity/*"]
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

resource "aws_iam_policy" "my_company_publisher" {
  name        = "my-company-publisher"
  description = "Publisher from CI of the CodeArtifact domain my-company"
  policy      = data.aws_iam_policy_document.my_company_publisher.json
}
