namespace RtpProxy.Daemon.Tests.Ng;

/// <summary>By what a party's address enters over the ng protocol.</summary>
public enum Disguise
{
    /// <summary><c>c=</c> and <c>m=</c> of an offer.</summary>
    Offer,

    /// <summary>The same, and another source may follow the party.</summary>
    HandedOver,

    /// <summary>Those of an answer.</summary>
    Answer,

    /// <summary>Those of an offer in the midst of a call.</summary>
    Reoffer,

    /// <summary>Those of the answer to one.</summary>
    Reanswer,

    /// <summary>Those of a second branch, which answers after the first.</summary>
    Branch,

    /// <summary>The port after that of <c>m=</c>, where RTCP goes.</summary>
    PortBelow,

    /// <summary><c>a=rtcp</c> with its own address.</summary>
    Rtcp,

    /// <summary><c>a=rtcp</c> with an address that is nobody's, which the system takes for this machine.</summary>
    RtcpOfNobody,

    /// <summary><c>received-from</c>, which goes before what <c>c=</c> says.</summary>
    ReceivedFrom,

    /// <summary>What a subscriber of a call answers.</summary>
    SubscribeAnswer,

    /// <summary>What a subscriber of published media answers.</summary>
    PublishedAndSubscribed,
}
