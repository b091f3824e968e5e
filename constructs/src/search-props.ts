import type { IVpc, SubnetSelection } from 'aws-cdk-lib/aws-ec2';
import type { IRole } from 'aws-cdk-lib/aws-iam';
import type { IDomain } from 'aws-cdk-lib/aws-opensearchservice';
import type { ISecret } from 'aws-cdk-lib/aws-secretsmanager';

/** In which OpenSearch samples are indexed, and who may see them there. */
export interface SearchProps {
  /**
   * A domain that is there. With fine-grained access control, `fineGrainedAccess` says whether its roles are put.
   *
   * @default - a domain is made, with fine-grained access control, TLS and encryption
   */
  readonly domain?: IDomain;

  /**
   * Whether the setup function puts roles for the indexer and the viewers into `domain`. The role of the function
   * (`setup.role`) has to be mapped to `all_access` there for that.
   *
   * @default false - the role of `handler` is mapped by hand; a domain that is made has its roles always
   */
  readonly fineGrainedAccess?: boolean;

  /**
   * Whether a collection of OpenSearch Serverless is made in place of a domain. It deletes nothing by itself, and has no
   * alerts.
   *
   * @default false
   */
  readonly serverless?: boolean;

  /**
   * URL of an OpenSearch of any other kind.
   *
   * @default - a domain is made
   */
  readonly endpoint?: string;

  /**
   * Who may write at `endpoint`: a secret with `username` and `password`.
   *
   * @default - it asks for none
   */
  readonly credentials?: ISecret;

  /**
   * URL of the OpenSearch Dashboards that belong to `endpoint`.
   *
   * @default - there are none
   */
  readonly dashboardsEndpoint?: string;

  /**
   * Copies of each index in `domain` or at `endpoint`. A domain with standby takes no other number than one that makes
   * three or six with the index itself, such as 2.
   *
   * @default - one where there is a second node; a domain that is made has what it needs
   */
  readonly replicas?: number;

  /**
   * Roles of people who may see samples and dashboards, of a domain or a collection that is made.
   *
   * @default - none
   */
  readonly viewers?: IRole[];

  /**
   * The network in which the domain that is made and the functions are. The setup function answers CloudFormation by a
   * URL of S3: the network needs a way there, a gateway endpoint or a NAT. The account needs the service-linked role of
   * OpenSearch Service.
   *
   * @default - none: the domain has a public endpoint, which takes signed requests of roles alone
   */
  readonly vpc?: IVpc;

  /**
   * Which subnets of it. Of a domain, one for each availability zone.
   *
   * @default - the private ones
   */
  readonly vpcSubnets?: SubnetSelection;
}
