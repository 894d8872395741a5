using RtpProxy.Protocols.Rtpp.Parsing;

namespace RtpProxy.Protocols.Rtpp;

/// <summary>How much one command may hold (control protocol, section 2.2).</summary>
internal static class CommandLimits
{
    /// <summary>
    /// Bytes of one command, without the LF that ends it on a stream; more is cut (datagrams) or refused (streams).
    /// </summary>
    public const int MaxLength = 8191;

    /// <summary>Words of the main command or of one sub-command, the command word included and the cookie not.</summary>
    public const int MaxWords = CommandWords.MaxWords;

    /// <summary>Sub-commands of one command.</summary>
    public const int MaxSubCommands = CommandWords.MaxSubCommands;
}
