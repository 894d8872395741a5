namespace RtpProxy.Hosting.Admin;

/// <summary>Why a client of the admin socket is served no more.</summary>
public enum ClientEnd
{
    /// <summary>It went, or the relay ended.</summary>
    Gone,

    /// <summary>It took no line for too long.</summary>
    DidNotRead,

    /// <summary>It asked nothing for too long.</summary>
    DidNotAsk,
}
