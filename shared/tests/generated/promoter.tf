data "aws_iam_policy_document" "my_company_promoter" {
  statement {
    sid = "Token"

    actions = ["codeartifact:GetAuthorizationToken"]

    resources = ["arn:aws:codeartifact:eu-west-1:111122223333:domain/my-company"]
  }

  statement {
    sid = "Read"

    actions = [
      "codeartifact:DescribeRepository",
      "codeartifact:GetRepositoryEndpoint",
      "codeartifact:ListPackages",
      "codeartifact:ReadFromRepository",
    ]

    resources = [
      "arn:aws:codeartifact:eu-west-1:111122223333:repository/my-company/team-dev",
      "arn:aws:codeartifact:eu-west-1:111122223333:repository/my-company/production",
    ]
  }

  statement {
    sid = "Compare"

    actions = [
      "codeartifact:DescribePackage",
      "codeartifact:DescribePackageVersion",
      "codeartifact:ListPackageVersionAssets",
      "codeartifact:ListPackageVersions",
    ]

    resources = [
      "arn:aws:codeartifact:eu-west-1:111122223333:package/my-company/team-dev/*",
      "arn:aws:codeartifact:eu-west-1:111122223333:package/my-company/production/*",
    ]
  }

  statement {
    sid = "Copy"

    actions = ["codeartifact:CopyPackageVersions"]

    resources = [
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

resource "aws_iam_policy" "my_company_promoter" {
  name        = "my-company-promoter"
  description = "Promoter of the CodeArtifact domain my-company"
  policy      = data.aws_iam_policy_document.my_company_promoter.json
}
