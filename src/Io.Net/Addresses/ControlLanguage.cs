namespace RtpProxy.Io.Net.Addresses;

/// <summary>The protocols that controllers may speak.</summary>
public enum ControlLanguage
{
    /// <summary>RTPproxy's.</summary>
    Rtpp,

    /// <summary>rtpengine's.</summary>
    Ng,
}
