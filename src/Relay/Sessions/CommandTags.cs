using RtpProxy.Protocols.Rtpp.Commands;

namespace RtpProxy.Relay.Sessions;

/// <summary>The tags by which a command names sessions of a call.</summary>
/// <param name="FromMayBeEmpty">What was read as from-tag may be the to-tag (<see cref="Command.FromTagMayBeEmpty"/>).</param>
internal readonly record struct CommandTags(string From, string? To, bool FromMayBeEmpty = false)
{
    public static CommandTags Of(Command command, string from, string? to) => new(from, to, command.FromTagMayBeEmpty);

    /// <summary>
    /// Reads them the second way, for when no session has either: the from-tag is nobody's, and the to-tag that of a party who
    /// answered. False when there is no to-tag to read.
    /// </summary>
    public bool TryReadAnswered(out string from, out string to)
    {
        from = To is null ? "" : From;
        to = To ?? From;
        return To is not null || FromMayBeEmpty;
    }
}
