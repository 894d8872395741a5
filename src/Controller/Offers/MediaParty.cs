namespace RtpProxy.Controller.Offers;

/// <summary>A party of the call by the header that names it in the message at hand.</summary>
public enum MediaParty
{
    /// <summary>The party in From: "uac" in the module's names.</summary>
    From,

    /// <summary>The party in To: "uas" in the module's names.</summary>
    To,
}
