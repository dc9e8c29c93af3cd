/** Columns of customer service's tables and of the foreign key system, by kind; the primary key of the first is `id`. */
export const serviceSchema: Readonly<
  Record<string, Partial<Record<'integer' | 'string' | 'datetime', string>>>
> = {
  ticket: {
    integer:
      'id owned_by created_by category slevel priority status ticket_status origin cust_id contact_id sale_id project_id ticket_type alert_level connect_id read_status time_to_reply real_time_to_reply time_to_close real_time_to_close time_spent_internally time_spent_externally time_spent_queue real_time_spent_internally real_time_spent_externally real_time_spent_queue time_spent has_attachment num_replies num_messages',
    string: 'title author from_address tags dbi_key',
    datetime:
      'created_at last_changed read_by_owner read_by_customer first_read_by_owner first_read_by_user activate closed_at replied_at alert_timeout deadline',
  },
  ticket_customers: { integer: 'id ticket_id customer_id' },
  ej_message: {
    integer: 'id ticket_id created_by slevel type time_spent message_category customer_id important badge',
    string: 'author message_id body html_body email_header debug_info mail_sorter search_title',
    datetime: 'created_at changed_at',
  },
  message_header: { integer: 'id message_id', string: 'name value std_item std_item_col' },
  attachment: {
    integer: 'id att_size inline_image',
    string: 'name content_type content_id auth_key',
    datetime: 'created_at changed_at',
  },
  ticket_attachment: { integer: 'id message_id attachment_id' },
  tags: { integer: 'tags_id rank deleted', string: 'name tooltip' },
  foreignapp: {
    integer: 'foreignapp_id registered_associate_id updated_associate_id updatedCount',
    string: 'name',
    datetime: 'registered updated',
  },
  foreigndevice: {
    integer:
      'foreigndevice_id foreignapp_id associate_id registered_associate_id updated_associate_id updatedCount',
    string: 'name device_identifier',
    datetime: 'registered updated',
  },
  foreignkey: {
    integer:
      'foreignkey_id foreigndevice_id table_id record_id seqno registered_associate_id updated_associate_id updatedCount',
    string: 'subkey subvalue',
    datetime: 'registered updated',
  },
};

/** Their foreign keys whose names do not tell the table. */
export const serviceTargets: Readonly<Record<string, string>> = {
  'ticket.category': 'ejcategory',
  'ticket.priority': 'ticketpriority',
  'ticket.ticket_status': 'ticketstatus',
  'ticket.ticket_type': 'tickettype',
  cust_id: 'person',
  customer_id: 'person',
  'ticket_attachment.message_id': 'ej_message',
  'message_header.message_id': 'ej_message',
};

/** Tables whose names are those of records, in one language. */
export const serviceRecords = ['attachment', 'message_header', 'foreignapp', 'foreigndevice'] as const;
