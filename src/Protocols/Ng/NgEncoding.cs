namespace RtpProxy.Protocols.Ng;

/// <summary>How the dictionary of a message is written; a reply is written as its request was (ng protocol, 1.2).</summary>
public enum NgEncoding
{
    /// <summary>The dictionary begins with <c>d</c>.</summary>
    Bencode,

    /// <summary>The dictionary begins with <c>{</c>.</summary>
    Json,
}
