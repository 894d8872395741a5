namespace RtpProxy.SipEdge.Trust;

/// <summary>Who sends a request, as far as that is known; each may do what those before it may.</summary>
internal enum Standing
{
    /// <summary>Anybody. Nothing is sent on, nothing is kept.</summary>
    Stranger,

    /// <summary>Anybody, where the configuration asks nobody for a password: may call registered phones and the next hop.</summary>
    Guest,

    /// <summary>One end of a dialog that went through us: may reach the other end.</summary>
    Party,

    /// <summary>A user with a password, within a call also by the phone that has registered, or a trusted server: may name third parties.</summary>
    Known,
}
