/** `ReturnInfo` of document plug-ins (writing.md, section 4). */
export type ReturnInfo = Readonly<Record<string, string | boolean>>;

export function succeeded(versionId = ''): ReturnInfo {
  return returnInfo({ Success: true, VersionId: versionId });
}

/** Nothing was done. `message` says why, to callers that allow messages. */
export function failed(message: string, allowsMessages: boolean): ReturnInfo {
  return returnInfo({ Success: false, ...(allowsMessages ? { Type: 'Message', Value: message } : {}) });
}

function returnInfo(changes: ReturnInfo): ReturnInfo {
  return {
    ExternalReference: '',
    VersionId: '',
    Success: true,
    Type: 'None',
    Value: '',
    AdditionalInfo: '',
    ...changes,
  };
}
