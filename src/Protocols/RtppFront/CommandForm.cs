namespace RtpProxy.Protocols.RtppFront;

/// <summary>What a line looks like from afar, before it is parsed.</summary>
public enum CommandForm
{
    /// <summary>Nothing but separators.</summary>
    Empty,

    /// <summary>A command word with modifiers that it can have; the arguments may still be wrong.</summary>
    Command,

    /// <summary>No command word. The parser answers it with an error.</summary>
    NoCommand,

    /// <summary>The request line of another text protocol, whatever its first word may be here.</summary>
    OtherProtocol,
}
