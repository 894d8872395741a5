using RtpProxy.Protocols.Rtpp.Commands;

namespace RtpProxy.Protocols.RtppFront;

/// <summary>Names of commands for figures about them; no client's text is among them.</summary>
public static class CommandNames
{
    /// <summary>What could not be parsed.</summary>
    public const string Malformed = "malformed";

    /// <param name="command">Null if it could not be parsed.</param>
    public static string Of(Command? command) => command switch
    {
        VersionCommand => "version",
        UpdateCommand => "update",
        LookupCommand => "lookup",
        DeleteCommand => "delete",
        DeleteAllCommand => "delete-all",
        PlayCommand => "play",
        NoPlayCommand => "no-play",
        RecordCommand => "record",
        CopyCommand => "copy",
        NoRecordCommand => "no-record",
        QueryCommand => "query",
        StatsCommand => "stats",
        InfoCommand => "info",
        _ => Malformed,
    };
}
