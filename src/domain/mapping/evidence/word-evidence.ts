import type { ColumnValues } from './column-values';
import { graded, noEvidence, percentText, stated, together } from './evidence';
import type { ValueEvidence } from './evidence';
import { alien, notFlags, ofKind } from './kind-evidence';

/** Any text but yes and no. */
export function plainText(values: ColumnValues): ValueEvidence {
  return together(alien(values, []), notFlags(values, -2.5));
}

/** Text of which a person would answer yes or no as well. */
export function textOrFlag(values: ColumnValues): ValueEvidence {
  return alien(values, []);
}

/** Text that people wrote. */
export function freeText(values: ColumnValues): ValueEvidence {
  const phrases = values.writtenShare((value) => /\p{L}\S*\s+\S*\p{L}/u.test(value));
  const text = `${percentText(phrases)} of the values are phrases`;
  return together(plainText(values), stated('value.phrases', graded(phrases, 1.2, 0), text));
}

/** A state of documentation in few words, not the documentation itself. */
export function documentation(values: ColumnValues): ValueEvidence {
  const sentences = values.writtenShare((value) => value.split(/\s+/).length >= 5);
  return together(
    textOrFlag(values),
    sentences > 0.6 ? stated('value.sentences', -3, 'The values are sentences') : noEvidence,
  );
}

const verdicts = /^(?:(?:non|not|in)?[ -]?compliant|conform|konform|passed|failed|unknown|error)\b/;

/** Rules that apply, not results of a check. */
export function compliance(values: ColumnValues): ValueEvidence {
  const share = values.lexiconShare(verdicts);
  return together(
    textOrFlag(values),
    share > 0.5 ? stated('value.verdict', -3.5, 'The values are results of a check') : noEvidence,
  );
}

/** Yes and no. */
export function flag(values: ColumnValues): ValueEvidence {
  const share = Math.max(
    values.share('boolean'),
    values.lexiconShare(/^(?:x|yes|no|y|n|true|false|ja|nein|oui|non|si|sim|nao|0|1)\b/),
  );
  return stated('value.boolean', graded(share, 1.1, -3), `${percentText(share)} of the values: yes or no`);
}

/** "Linux Ops" runs Linux and is none. */
const crews =
  /\b(?:ops|operations|servers|hosts|team|teams|users?|group|admins?|desk|support|engineering|gruppe|equipe|equipo)\b/;

/** Names of operating systems. */
export function operatingSystems(values: ColumnValues): ValueEvidence {
  const versions = values.share('version') + values.share('number');
  return together(
    ofKind(values, ['operating_system'], 3, -2),
    values.lexiconShare(crews) > 0.3
      ? stated('value.crews', -3.5, 'The values are teams or users')
      : noEvidence,
    versions > 0.7 ? stated('value.version', -2, 'The values are version numbers') : noEvidence,
    alien(values, []),
    notFlags(values, -4),
  );
}

/** Words that state nothing but power; "active" and "down" are said of services as well. */
const powerWords =
  /^(?:vm |power(?:ed| ?state)?[ /]?)?(?:on|off|running|stopped|started|suspended|paused|deallocated|terminated|shut ?(?:down|off)|halted|hibernated|eingeschaltet|ausgeschaltet|allume|eteint|encendido|apagado|ligado|desligado)\b/;

/** Words of a status. */
export function status(values: ColumnValues): ValueEvidence {
  const power = values.lexiconShare(powerWords);
  return together(
    ofKind(values, ['status', 'power_state'], 1.3, -0.9),
    power > 0.8 ? stated('value.power', -2, 'The values state the power') : noEvidence,
    alien(values, []),
  );
}

/** Words of a power state. */
export function powerState(values: ColumnValues): ValueEvidence {
  const power = values.lexiconShare(powerWords);
  return together(
    ofKind(values, ['power_state'], 2.2, -2.8),
    power < 0.3 ? stated('value.no_power', -1.5, 'The values state more than the power') : noEvidence,
  );
}

/** Stages of a life, not of power. */
export function lifecycleStage(values: ColumnValues): ValueEvidence {
  const power = values.lexiconShare(powerWords);
  return together(
    plainText(values),
    power > 0.6 ? stated('value.power', -3, 'The values state the power') : noEvidence,
  );
}

/** Words of hosting that are also said of dispositions. */
const hostingWords = /^(?:saas|paas|iaas|on ?prem\w*|cloud|hosted|local|private cloud|public cloud|hybrid)\b/;

/** Words of a disposition, not of hosting. */
export function disposition(values: ColumnValues): ValueEvidence {
  const hosting = values.lexiconShare(hostingWords);
  return together(
    ofKind(values, ['disposition'], 3, -2.5),
    hosting > 0.8 ? stated('value.hosting', -3, 'The values say where it is hosted') : noEvidence,
  );
}
