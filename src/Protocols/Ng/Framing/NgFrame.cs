namespace RtpProxy.Protocols.Ng.Framing;

/// <summary>What was cut out of a byte stream.</summary>
public enum NgFrame
{
    /// <summary>Nothing yet: more bytes are needed.</summary>
    Incomplete,

    /// <summary>One message, for <see cref="NgMessage.TrySplit"/>.</summary>
    Message,

    /// <summary>The stream cannot be cut any more; the connection is to be closed.</summary>
    Broken,
}
