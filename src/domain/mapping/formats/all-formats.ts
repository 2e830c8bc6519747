import { awsFormats } from './aws';
import { azureMigrateFormats } from './azure-migrate';
import type { FormatDefinition } from './define';
import { device42Formats } from './device42';
import { glpiFormats } from './glpi';
import { googleFormats } from './google';
import { itopFormats } from './itop';
import { konveyorFormats } from './konveyor';
import { lansweeperFormats } from './lansweeper';
import { netboxFormats } from './netbox';
import { nutanixFormats } from './nutanix';
import { rvtoolsMachineFormats } from './rvtools';
import { rvtoolsHostFormats } from './rvtools-hosts';
import { rvtoolsOtherFormats } from './rvtools-other';
import { sccmFormats } from './sccm';
import { serviceNowFormats } from './servicenow';
import { serviceNowApplicationFormats } from './servicenow-applications';
import { snipeItFormats } from './snipe-it';
import { tidalFormats } from './tidal';
import { vropsFormats } from './vrops';

/** Every table of every product that is recognised by its headers. */
export const allFormats: readonly FormatDefinition[] = [
  ...rvtoolsMachineFormats,
  ...rvtoolsHostFormats,
  ...rvtoolsOtherFormats,
  ...azureMigrateFormats,
  ...awsFormats,
  ...googleFormats,
  ...serviceNowFormats,
  ...serviceNowApplicationFormats,
  ...device42Formats,
  ...sccmFormats,
  ...lansweeperFormats,
  ...glpiFormats,
  ...netboxFormats,
  ...itopFormats,
  ...snipeItFormats,
  ...nutanixFormats,
  ...vropsFormats,
  ...konveyorFormats,
  ...tidalFormats,
];
