namespace RtpProxy.Protocols.Rtpp.Commands;

/// <summary>
/// One parsed command: what a controller asked, with every lexical and syntactic rule of the protocol already checked.
/// Tokens are strings of Latin-1 characters, one character for each byte, so that any byte survives.
/// </summary>
public abstract record Command
{
    /// <summary>The sub-commands after <c>&amp;&amp;</c>, in order; empty for most.</summary>
    public IReadOnlyList<SubCommands.SubCommand> SubCommands { get; init; } = [];

    /// <summary>
    /// Two blanks stand before the first tag: the from-tag may have been an empty word, and what was read in its place is the
    /// to-tag (OpenSIPS writes <c>D call_id  to_tag</c>). Only what is found tells.
    /// </summary>
    public bool FromTagMayBeEmpty { get; init; }

    /// <summary>The call that the command names, by which its worker is chosen; null for daemon-wide commands.</summary>
    public virtual string? CallId => null;
}
