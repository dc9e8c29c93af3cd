import type { CarrierName } from './tables.ts';

/** How a column is written in the carrier: `ids` are numbers kept as `1,2,3`. */
export type FieldKind = 'text' | 'translated' | 'number' | 'flag' | 'ids';

export interface CarrierField {
  readonly property: string;
  readonly column: string;
  readonly kind: FieldKind;
  /** What a new item gets: `Items/Default`, and a POST that leaves the property out. */
  readonly initial: string | number;
}

export interface Carrier {
  readonly fields: readonly CarrierField[];
  /** Properties that the sandbox answers but does not keep. */
  readonly constants: Readonly<Record<string, unknown>>;
}

function text(property: string, column: string, initial = ''): CarrierField {
  return { property, column, kind: 'text', initial };
}

function number(property: string, column: string, initial = 0): CarrierField {
  return { property, column, kind: 'number', initial };
}

function flag(property: string, column: string, initial: 0 | 1 = 0): CarrierField {
  return { property, column, kind: 'flag', initial };
}

function ids(property: string, column: string): CarrierField {
  return { property, column, kind: 'ids', initial: '' };
}

const name: CarrierField = { property: 'Name', column: 'name', kind: 'translated', initial: '' };
const value: CarrierField = { ...name, property: 'Value' };
const tooltip: CarrierField = { property: 'Tooltip', column: 'tooltip', kind: 'translated', initial: '' };
const deleted = flag('Deleted', 'deleted');
const rank = number('Rank', 'rank');
const common = [name, tooltip, deleted, rank];

/** The documents give no working hours of a new priority; midnight of the empty date stands for "none". */
const noTime = '0001-01-01T00:00:00';
const workingHours = Object.fromEntries(
  ['Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat', 'Sun'].flatMap(day => [
    [`${day}Start`, noTime],
    [`${day}Stop`, noTime],
  ]),
);

/** Properties and columns of every carrier, after the definitions of the OpenAPI document of `/v1/List`. */
export const carriers: Readonly<Record<CarrierName, Carrier>> = {
  ListItemEntity: { fields: [...common, number('UdListDefinitionId', 'udlistdefinition_id')], constants: {} },
  UserGroup: { fields: [value, tooltip, deleted, rank], constants: {} },
  Country: {
    fields: [
      ...common,
      number('CurrencyId', 'currency_id'),
      text('EnglishName', 'english_name'),
      text('TwoLetterISOCountry', 'two_letter_iso'),
      text('ThreeLetterISOCountry', 'three_letter_iso'),
      text('ImageDescription', 'image_description'),
      text('OrgNrText', 'org_nr_text'),
      text('InterAreaPrefix', 'inter_area_prefix'),
      text('DialInPrefix', 'dial_in_prefix'),
      text('ZipPrefix', 'zip_prefix'),
      text('DomainName', 'domain_name'),
      number('AddressLayoutId', 'address_layout_id'),
      number('DomesticAddressLayoutId', 'domestic_address_layout_id'),
      number('ForeignAddressLayoutId', 'foreign_address_layout_id'),
    ],
    constants: {},
  },
  CurrencyEntity: {
    fields: [...common, number('Rate', 'rate', 1), number('Units', 'units', 1)],
    constants: {},
  },
  DocumentTemplateEntity: {
    fields: [
      ...common,
      text('Filename', 'filename'),
      text('RecordType', 'record_type', 'Document'),
      text('Direction', 'direction', 'Outgoing'),
      text('MimeType', 'mime_type'),
      number('AutoeventId', 'autoevent_id'),
      number('IntentId', 'intent_id'),
      number('SaveInDb', 'save_in_db'),
      text('DefaultOref', 'default_oref'),
      flag('IsDefaultPublished', 'is_default_published'),
      text('EmailSubject', 'email_subject'),
    ],
    constants: {
      LoadTemplateFromPlugin: 0,
      IsInUseInGuides: false,
      DocumentTypeKey: 0,
      QuoteDocType: 'None',
      PrivacyDocType: 'None',
      IncludeSignature: false,
      ShowCurrents: false,
      SenderEmailMode: 'UseDefaultSender',
      SenderEmailAddress: '',
      InvitationDocType: 'None',
    },
  },
  SaleStageEntity: {
    fields: [value, tooltip, deleted, rank, number('Probability', 'probability')],
    constants: {},
  },
  SaleTypeEntity: {
    fields: [
      ...common,
      text('DurationUnit', 'duration_unit', 'Unknown'),
      number('SaleDuration', 'sale_duration'),
      number('SaleTypeCatId', 'sale_type_cat_id'),
      flag('HasGuide', 'has_guide'),
      flag('HasStakeholders', 'has_stakeholders'),
      flag('IsAutoAdvance', 'is_auto_advance'),
    ],
    constants: {
      AllowQuoteAlternatives: false,
      DefaultQuoteValidity: 0,
      QuoteLinesTemplate: 0,
      ConfirmationLinesTemplate: 0,
      MaxDiscountPercentSet: false,
      MinEarningPercentSet: false,
      MaxDiscountPercent: 0,
      MinEarningPercent: 0,
      GroupQuoteLinesBy: 0,
      SortGroupLinesBy: 0,
    },
  },
  TaskListItem: {
    fields: [
      value,
      tooltip,
      deleted,
      rank,
      text('Direction', 'direction', 'Outgoing'),
      text('Type', 'type', 'Appointment'),
      number('IntentId', 'intent_id'),
      flag('IsDefaultAlldayEvent', 'is_default_allday_event'),
      flag('IsDefaultFree', 'is_default_free'),
      flag('IsDefaultPublished', 'is_default_published'),
      text('ColorIndex', 'color_index', 'LightBlue'),
      text('DefaultVideomeetingStatus', 'default_videomeeting_status', 'NoChange'),
    ],
    constants: {},
  },
  TicketStatusEntity: {
    fields: [
      name,
      text('Status', 'status', 'Active'),
      text('TimeCounter', 'time_counter', 'Internally'),
      flag('NoEmailReopen', 'no_email_reopen'),
      flag('IsDefault', 'is_default'),
      flag('UsedInQueue', 'used_in_queue'),
    ],
    constants: {},
  },
  TicketPriorityEntity: {
    fields: [
      name,
      text('Status', 'status', 'Normal'),
      text('Flags', 'flags', 'External'),
      number('SortOrder', 'rank'),
      number('Deadline', 'deadline'),
    ],
    constants: {
      TicketRead: 'None',
      ChangedOwner: 'None',
      TicketNewinfo: 'None',
      TicketClosed: 'None',
      TicketChangedPriority: 'None',
      TicketNew: 'None',
      ...workingHours,
      NonDates: [],
      EscalationLevels: [],
    },
  },
  TicketCategoryEntity: {
    fields: [
      name,
      number('ParentId', 'parent_id', -1),
      text('Fullname', 'fullname'),
      number('CategoryMaster', 'category_master', -1),
      text('Flags', 'flags', 'Unknown'),
      text('DelegateMethod', 'delegate_method', 'Not'),
      text('ExternalName', 'external_name'),
      text('ClosingStatus', 'closing_status', 'Active'),
      text('MsgClosingStatus', 'msg_closing_status', 'Active'),
      number('AssignmentLag', 'assignment_lag'),
      number('ReplyTemplate', 'reply_template', -1),
      text('NotificationEmail', 'notification_email'),
    ],
    constants: {
      DefaultTicketStatus: null,
      DefaultMessageStatus: null,
      EffectiveReplyTemplateId: -1,
      ExtraFields: {},
      CustomFields: {},
    },
  },
  TicketTypeEntity: {
    fields: [
      name,
      tooltip,
      rank,
      text('Icon', 'icon'),
      number('DefaultTicketStatus', 'default_ticket_status'),
      ids('TicketStatuses', 'ticket_statuses'),
      number('DefaultTicketPriority', 'default_ticket_priority'),
      ids('TicketPriorities', 'ticket_priorities'),
      number('ReplyTemplate', 'reply_template'),
      flag('IsExternalVisible', 'is_external_visible', 1),
      flag('IsDefault', 'is_default'),
      flag('ShowInNew', 'show_in_new', 1),
      ids('VisibleForGroups', 'visible_for_groups'),
    ],
    constants: {
      ExcludeSignature: false,
      ExcludeEmailRecipients: false,
      ExternalAsDefault: false,
      ReplyForwardNoSignature: false,
      ReplyExternalAsDefault: false,
    },
  },
};
