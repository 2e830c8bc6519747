import type { DictionaryLine } from './meaning';

/**
 * Class names of the ServiceNow CMDB without their `cmdb_ci_` prefix (class hierarchy of the CMDB's base system).
 * Generic endings (`…_server`, `db_…_instance`) are read by rule.
 */
export const serviceNowClasses: readonly DictionaryLine[] = [
  [
    'server',
    'server|linux_server|win_server|unix_server|aix_server|solaris_server|hpux_server|osx_server|netware_server|cluster_node|win_cluster_node|unix_cluster_node|computer_server|bsd_server|tru64_server|openvms_server|san_server',
  ],
  [
    'server/virtual_machine',
    'vm_instance|vmware_instance|hyper_v_instance|kvm_instance|ec2_instance|vm|vm_object|virtualization_instance|azure_vm|cloud_vm|xen_instance|solaris_zone|lpar_instance|lpar|nutanix_vm|openstack_instance|oracle_vm_instance|hmc_lpar',
  ],
  [
    'server/hypervisor',
    'esx_server|hyper_v_server|virtualization_server|kvm|xen_server|vm_host|rhev_server|nutanix_host|kvm_server|solaris_ldom_host|ibm_frame|oracle_vm_server',
  ],
  ['server/mainframe', 'mainframe|mainframe_lpar|mainframe_hardware|zos_server|zvm'],
  ['server/midrange', 'as400|iseries|alphaserver'],
  ['server@domain_controller', 'ad_controller|directory_server|ad_domain_controller'],
  ['server@mail', 'email_server|exchange_server|mail_server|smtp_server'],
  ['server@terminal', 'citrix_server|terminal_server'],
  ['server@print', 'print_server'],
  ['server@file', 'file_server|ftp_server'],
  [
    'component/web_server',
    'web_server|apache_web_server|microsoft_iis_web_server|nginx_web_server|iplanet_web_server|web_site|iis_web_site|http_server|web_application',
  ],
  [
    'component/application_server',
    'app_server|app_server_java|app_server_tomcat|app_server_jboss|app_server_websphere|app_server_weblogic|app_server_domino|app_server_ora_ias|app_server_wl_module|jboss_module|websphere_cell|tomcat_war|app_server_glassfish|app_server_jrun|j2ee_server',
  ],
  [
    'component/middleware',
    'ibm_websphere_mq|messaging|message_queue|jms|msmq|esb|appl_biztalk|appl_ibm_wmb|appl_tibco_message|rabbitmq|kafka|appl_rabbitmq|appl_active_mq|mq|queue',
  ],
  [
    'component',
    'appl_component|app_process|running_process|application_software_component|spkg|software|cert|certificate|config_file|endpoint|appl_java|infra_service_component|appl_license_server',
  ],
  [
    'application',
    'appl|business_app|application|application_cluster|appl_sap|appl_dot_net|appl_sharepoint|app|appl_generic|appl_erp|appl_crm|crm|erp',
  ],
  [
    'application/service',
    'service|service_auto|service_discovered|service_calculated|service_technical|service_business|business_service|mapped_service|query_based_service|service_by_tags|business_capability|cloud_function|cloud_service_account|web_service|application_service|information_object',
  ],
  [
    'database',
    'database|db_catalog|db_ora_catalog|db_mssql_database|db_mssql_catalog|db_mysql_catalog|db_postgresql_catalog|db_catalog_mssql|cloud_database|db_schema|db_db2_catalog|db_syb_catalog|rds|dynamodb_table',
  ],
  [
    'database/instance',
    'db_instance|database_instance|db_ora_instance|db_mssql_instance|db_mssql_server|db_mysql_instance|db_postgresql_instance|db_db2_instance|db_mongodb_instance|db_syb_instance|db_hbase_instance|db_cassandra_instance|db_informix_instance|db_hana_instance|oracle_instance',
  ],
  ['database/cache', 'db_redis_instance|memcached|cache|appl_redis|appl_memcached'],
  ['database/cluster', 'db_ora_rac|db_cluster|db_mssql_availability_group|db_mssql_ag'],
  ['container', 'docker_container|container|container_object|oslv_container|containerized_application'],
  ['container/pod', 'kubernetes_pod'],
  [
    'container/workload',
    'kubernetes_deployment|kubernetes_service|kubernetes_namespace|kubernetes_workload|kubernetes_component|kubernetes_statefulset|kubernetes_daemonset|kubernetes_ingress|kubernetes_volume',
  ],
  ['container/image', 'docker_image|container_image|os_template|container_repository'],
  ['cluster', 'cluster|win_cluster|unix_cluster|cluster_resource|cluster_vip|hacmp_cluster|failover_cluster'],
  [
    'cluster/virtualization_cluster',
    'vcenter_cluster|vmware_cluster|esx_resource_pool|hyper_v_cluster|nutanix_cluster|vcenter_folder',
  ],
  ['cluster/kubernetes', 'kubernetes_cluster|docker_swarm|openshift_cluster'],
  [
    'network',
    'netgear|network_device|ip_device|network_host|wan_accel_network|voip_hardware|ip_pbx|voice_gateway|modem|net_traffic|network_appliance_hardware|network_controller|multilayer_switch_fabric',
  ],
  ['network/switch', 'ip_switch|switch|multilayer_switch'],
  ['network/router', 'ip_router|router'],
  [
    'network/firewall',
    'ip_firewall|firewall|firewall_network|firewall_device_cisco|firewall_device_palo_alto|firewall_device|firewall_palo_alto|firewall_hardware|waf',
  ],
  ['network/wireless', 'wap_network|wireless_access_point|wireless_controller|wlan_controller|wap'],
  ['network/vpn', 'vpn|ip_vpn|vpn_gateway'],
  [
    'network/virtual_network',
    'network|ip_network|cloud_subnet|cloud_network|vlan|network_adapter|nic|ip_address|compute_security_zone|cloud_public_ipaddress|dvs|dv_port_group|vmware_network|network_segment|nat',
  ],
  ['network/dns', 'dns_name|dns_zone|ddi|infoblox'],
  [
    'load_balancer',
    'lb|load_balancer|lb_bigip|lb_f5|lb_f5_gtm|lb_f5_ltm|lb_netscaler|lb_ace|lb_appl|lb_service|lb_pool|lb_pool_member|lb_interface|lb_vlan|lb_a10|lb_radware|lb_haproxy|cloud_load_balancer|cloud_lb_ipaddress|lb_alteon|lb_cisco_csm|lb_cisco_css|lb_citrix_netscaler|lb_modjk|lb_network_director|cloud_lb_ip',
  ],
  [
    'storage',
    'msd|storage_device|storage_server|storage_volume|storage_pool|storage_export|mass_storage_device|storage_fileshare|storage_mapping|storage_disk|disk|disk_partition|file_system|cloud_storage_account|cloud_object_storage|storage_lun|storage_fcport|storage_hba|storage_controller|san|san_export|san_fabric|san_zone|san_zone_set|san_endpoint|san_connection|cloud_volume|fileshare',
  ],
  ['storage/array', 'storage_array|disk_array|san_storage_array'],
  ['storage/san_switch', 'storage_switch|san_switch|fc_switch'],
  ['storage/nas', 'nas|nas_file_system|storage_nas|storage_filer'],
  ['storage/tape', 'tape_library|tape_drive|tape_server'],
  ['storage/datastore', 'vcenter_datastore|vmware_datastore|datastore'],
  ['security', 'security_device|ids|ips|hsm|security_appliance|security_hardware'],
  ['security/security_group', 'compute_security_group|security_group'],
  [
    'end_user_device',
    'comm|handheld_computing|mobile_device|phone|ip_phone|thin_client|ucs_equipment_phone|mobile|handheld|endpoint_device|pos|vdi',
  ],
  ['end_user_device/workstation', 'pc_hardware_desktop|desktop|workstation|mac'],
  ['end_user_device/laptop', 'laptop|notebook'],
  [
    'end_user_device/printer',
    'printer|printing_hardware|print_device|multifunction_printer|scanner|imaging_hardware',
  ],
  ['end_user_device/peripheral', 'peripheral|monitor|display_hardware|video_conference|camera|acc'],
  [
    'facility',
    'rack|facility_hardware|computer_room|datacenter|data_center|chassis|server_chassis|chassis_server|ucs_chassis|zone|environment_sensor|patch_panel|cable|enclosure|facility|blade_enclosure|ucs_rack_unit|iot|sensor|power_eq',
  ],
  ['facility/power', 'ups|ups_input|ups_output|pdu|pdu_outlet|power_generator|static_transfer_switch'],
  ['facility/cooling', 'crac|hvac|hvac_equipment'],
  ['machine', 'computer|hardware|pc_hardware|infrastructure|appliance_hardware|virtual_appliance'],
  [
    'component/orchestrator',
    'vcenter|hyper_v_manager|cloud_service|datacenter_manager|nutanix_prism|vcenter_server_obj|virtualization_manager',
  ],
];

/** Resource types of public clouds, lower case as their inventories write them; punctuation kept. */
export const cloudResources: readonly DictionaryLine[] = [
  [
    'server/virtual_machine',
    'microsoft.compute/virtualmachines|microsoft.classiccompute/virtualmachines|aws::ec2::instance|compute.googleapis.com/instance|aws_instance|azurerm_virtual_machine|azurerm_linux_virtual_machine|azurerm_windows_virtual_machine|google_compute_instance|compute#instance|microsoft.avs/privateclouds/virtualmachines|ec2:instance|ec2/instance|ec2 instance|microsoft.azurestackhci/virtualmachineinstances|microsoft.connectedvmwarevsphere/virtualmachines|aws::lightsail::instance|microsoft.offazure/vmwaresites/machines|os::nova::server|openstack_compute_instance_v2|oci_core_instance|vsphere_virtual_machine|alicloud_instance',
  ],
  [
    'server',
    'microsoft.hybridcompute/machines|microsoft.offazure/serversites/machines|aws::ssm::managedinstance',
  ],
  [
    'server/hypervisor',
    'aws::ec2::host|microsoft.compute/hostgroups/hosts|vsphere_host|microsoft.offazure/vmwaresites/hosts',
  ],
  [
    'cluster',
    'microsoft.compute/virtualmachinescalesets|aws::autoscaling::autoscalinggroup|compute.googleapis.com/instancegroup|compute.googleapis.com/instancegroupmanager|aws_autoscaling_group|microsoft.compute/availabilitysets',
  ],
  [
    'cluster/kubernetes',
    'microsoft.containerservice/managedclusters|aws::eks::cluster|container.googleapis.com/cluster|google_container_cluster|aws_eks_cluster|azurerm_kubernetes_cluster|aws::ecs::cluster|microsoft.redhatopenshift/openshiftclusters|eks:cluster|ecs:cluster',
  ],
  [
    'container',
    'microsoft.containerinstance/containergroups|aws::ecs::service|aws::ecs::taskdefinition|run.googleapis.com/service|microsoft.app/containerapps|aws_ecs_service|google_cloud_run_service|ecs:service',
  ],
  [
    'container/image',
    'microsoft.containerregistry/registries|aws::ecr::repository|artifactregistry.googleapis.com/repository',
  ],
  [
    'database',
    'microsoft.sql/servers/databases|aws::rds::dbinstance|sqladmin.googleapis.com/instance|aws_db_instance|google_sql_database_instance|microsoft.dbforpostgresql/servers|microsoft.dbforpostgresql/flexibleservers|microsoft.dbformysql/servers|microsoft.dbformysql/flexibleservers|microsoft.dbformariadb/servers|microsoft.sql/managedinstances|microsoft.sql/managedinstances/databases|microsoft.documentdb/databaseaccounts|aws::dynamodb::table|bigtableadmin.googleapis.com/instance|spanner.googleapis.com/instance|firestore.googleapis.com/database|aws_dynamodb_table|azurerm_mssql_database|azurerm_sql_database|rds:db|aws::docdb::dbinstance|aws::neptune::dbinstance|microsoft.sqlvirtualmachine/sqlvirtualmachines',
  ],
  [
    'database/instance',
    'microsoft.sql/servers|azurerm_mssql_server|microsoft.azurearcdata/sqlserverinstances',
  ],
  [
    'database/cluster',
    'aws::rds::dbcluster|aws_rds_cluster|aws::docdb::dbcluster|aws::neptune::dbcluster|rds:cluster',
  ],
  [
    'database/cache',
    'microsoft.cache/redis|aws::elasticache::cachecluster|aws::elasticache::replicationgroup|redis.googleapis.com/instance|aws_elasticache_cluster|google_redis_instance|microsoft.cache/redisenterprise|memcache.googleapis.com/instance|elasticache:cluster',
  ],
  [
    'database/data_warehouse',
    'aws::redshift::cluster|bigquery.googleapis.com/dataset|microsoft.synapse/workspaces|aws_redshift_cluster|microsoft.kusto/clusters',
  ],
  [
    'database/search',
    'aws::elasticsearch::domain|aws::opensearchservice::domain|microsoft.search/searchservices',
  ],
  [
    'application/web',
    'microsoft.web/sites|microsoft.web/staticsites|aws::elasticbeanstalk::environment|appengine.googleapis.com/service|appengine.googleapis.com/application|azurerm_app_service|azurerm_linux_web_app|azurerm_windows_web_app|aws::elasticbeanstalk::application|aws::apprunner::service',
  ],
  [
    'application/service',
    'aws::lambda::function|microsoft.web/sites/functions|cloudfunctions.googleapis.com/function|cloudfunctions.googleapis.com/cloudfunction|aws_lambda_function|azurerm_function_app|microsoft.logic/workflows|aws::stepfunctions::statemachine|lambda:function',
  ],
  [
    'component/api_gateway',
    'aws::apigateway::restapi|aws::apigatewayv2::api|microsoft.apimanagement/service|apigateway.googleapis.com/gateway',
  ],
  [
    'component/middleware',
    'aws::sqs::queue|aws::sns::topic|microsoft.servicebus/namespaces|microsoft.eventhub/namespaces|pubsub.googleapis.com/topic|pubsub.googleapis.com/subscription|aws::amazonmq::broker|aws::msk::cluster|microsoft.eventgrid/topics|aws::events::eventbus|sqs:queue|sns:topic',
  ],
  [
    'component',
    'microsoft.web/serverfarms|microsoft.insights/components|microsoft.operationalinsights/workspaces|aws::cloudformation::stack|microsoft.automation/automationaccounts|microsoft.recoveryservices/vaults|aws::cloudwatch::alarm',
  ],
  [
    'load_balancer',
    'microsoft.network/loadbalancers|microsoft.network/applicationgateways|aws::elasticloadbalancing::loadbalancer|aws::elasticloadbalancingv2::loadbalancer|compute.googleapis.com/forwardingrule|compute.googleapis.com/backendservice|aws_lb|aws_elb|aws_alb|azurerm_lb|azurerm_application_gateway|google_compute_forwarding_rule|microsoft.network/frontdoors|microsoft.network/trafficmanagerprofiles|microsoft.cdn/profiles|elasticloadbalancing:loadbalancer|compute.googleapis.com/urlmap|compute.googleapis.com/targetpool',
  ],
  [
    'network/firewall',
    'microsoft.network/azurefirewalls|aws::networkfirewall::firewall|aws::wafv2::webacl|azurerm_firewall|microsoft.network/firewallpolicies',
  ],
  [
    'network/virtual_network',
    'microsoft.network/virtualnetworks|aws::ec2::vpc|aws::ec2::subnet|compute.googleapis.com/network|compute.googleapis.com/subnetwork|microsoft.network/networkinterfaces|microsoft.network/publicipaddresses|aws::ec2::networkinterface|aws::ec2::eip|aws::ec2::natgateway|aws::ec2::internetgateway|microsoft.network/natgateways|aws::ec2::transitgateway|aws_vpc|aws_subnet|azurerm_virtual_network|azurerm_subnet|compute.googleapis.com/address|aws::ec2::routetable|microsoft.network/routetables|compute.googleapis.com/route|compute.googleapis.com/router|microsoft.network/privateendpoints',
  ],
  [
    'network/vpn',
    'microsoft.network/virtualnetworkgateways|aws::ec2::vpngateway|aws::ec2::vpnconnection|compute.googleapis.com/vpntunnel|microsoft.network/expressroutecircuits|compute.googleapis.com/vpngateway',
  ],
  [
    'network/dns',
    'microsoft.network/dnszones|microsoft.network/privatednszones|aws::route53::hostedzone|dns.googleapis.com/managedzone',
  ],
  [
    'security/security_group',
    'microsoft.network/networksecuritygroups|aws::ec2::securitygroup|compute.googleapis.com/firewall|aws_security_group|azurerm_network_security_group',
  ],
  [
    'security',
    'microsoft.keyvault/vaults|aws::kms::key|cloudkms.googleapis.com/keyring|aws::secretsmanager::secret|microsoft.managedidentity/userassignedidentities|secretmanager.googleapis.com/secret',
  ],
  [
    'storage',
    'microsoft.storage/storageaccounts|aws::s3::bucket|storage.googleapis.com/bucket|microsoft.compute/disks|aws::ec2::volume|compute.googleapis.com/disk|aws::efs::filesystem|aws::fsx::filesystem|file.googleapis.com/instance|aws_s3_bucket|aws_ebs_volume|azurerm_storage_account|azurerm_managed_disk|google_storage_bucket|microsoft.netapp/netappaccounts/capacitypools/volumes|microsoft.compute/snapshots|aws::ec2::snapshot|microsoft.compute/images|compute.googleapis.com/image|compute.googleapis.com/snapshot|s3:bucket|ec2:volume|microsoft.netapp/netappaccounts',
  ],
  [
    'end_user_device',
    'aws::workspaces::workspace|microsoft.desktopvirtualization/hostpools|microsoft.desktopvirtualization/applicationgroups',
  ],
];
