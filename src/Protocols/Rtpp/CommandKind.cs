namespace RtpProxy.Protocols.Rtpp;

/// <summary>The commands of the control protocol (section 3), under their own names.</summary>
public enum CommandKind
{
    Version,
    Update,
    Lookup,
    Delete,
    Play,
    NoPlay,
    Record,
    Copy,
    NoRecord,
    Query,
    Stats,
    Info,
    DeleteAll,
}
