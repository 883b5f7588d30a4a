data "aws_iam_policy_document" "my_company_administrator" {
  statement {
    sid = "Domain"

    actions = ["codeartifact:*"]

    resources = [
      "arn:aws:codeartifact:eu-west-1:111122223333:domain/my-company",
      "arn:aws:codeartifact:eu-west-1:111122223333:repository/my-company/*",
      "arn:aws:codeartifact:eu-west-1:111122223333:package/my-company/*",
      "arn:aws:codeartifact:eu-west-1:111122223333:package-group/my-company/*",
    ]
  }

  statement {
    sid = "Account"

    actions = [
      "codeartifact:CreatePackageGroup",
      "codeartifact:CreateRepository",
      "codeartifact:ListDomains",
      "codeartifact:ListRepositories",
    ]

    resources = ["*"]
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

resource "aws_iam_policy" "my_company_administrator" {
  name        = "my-company-administrator"
  description = "Administrator of the CodeArtifact domain my-company"
  policy      = data.aws_iam_policy_document.my_company_administrator.json
}
