using System.Net;
using RtpProxy.Controller.Offers;
using RtpProxy.Controller.Sdp;
using RtpProxy.Protocols.Rtpp;

namespace RtpProxy.Controller;

/// <summary>What is wanted for one description beside its text. The defaults fit parties whose SDP says where they are.</summary>
public sealed record SdpOptions
{
    public static SdpOptions Default { get; } = new();

    /// <summary>
    /// Where the SIP message came from: media is expected from there, whatever address the description names, which is what a party
    /// behind a NAT needs. Null: the description is right.
    /// </summary>
    public IPAddress? Source { get; init; }

    /// <summary>Written into the description instead of the relay's address; null for the relay's.</summary>
    /// <exception cref="ArgumentException">It is empty, or holds blanks or control characters.</exception>
    public string? Address
    {
        get;
        init => field = value is null ? null : SdpText.OneWord(value);
    }

    /// <summary>
    /// Written into the description when the relay names no address, because it listens on any; null for the host of its control socket.
    /// </summary>
    public IPAddress? Local { get; init; }

    /// <summary>True: media does not come from where it is sent to. Null for the relay's default.</summary>
    public bool? Asymmetric { get; init; }

    /// <summary>Between two networks: the one that the description came from. Together with <see cref="SecondDirection"/>.</summary>
    public Direction? FirstDirection { get; init; }

    /// <summary>Between two networks: the one that it goes to.</summary>
    public Direction? SecondDirection { get; init; }

    /// <summary>Directions by address family, IPv4 being internal and IPv6 external; without the two directions.</summary>
    public bool BridgeFamilies { get; init; }

    /// <summary>The packet duration that the other party shall get, 1 to 999 ms; null for what is sent.</summary>
    /// <exception cref="ArgumentOutOfRangeException">It is none of these.</exception>
    public int? PtimeMilliseconds
    {
        get;
        init => field = MediaFlags.CheckPtime(value);
    }

    /// <summary>The mark of another relay on the path is ignored (<see cref="CallMediaOptions.Mark"/>).</summary>
    public bool IgnoreMark { get; init; }

    /// <summary>The <c>c=</c> of the session is rewritten even if every medium has its own.</summary>
    public bool RewriteSessionConnection { get; init; }

    /// <summary>The relay is offered as an ICE candidate too, before or after the party's own.</summary>
    public IcePriority IcePriority { get; init; }

    /// <summary>
    /// What the relay reports when media times out, where <see cref="CallMediaOptions.TimeoutSocket"/> is set; any text. Null: the Call-ID.
    /// </summary>
    public string? TimeoutTag { get; init; }

    /// <summary>The digits that the sender presses are reported there too; null for none. Not all relays can.</summary>
    public DigitWish? Digits { get; init; }

    /// <summary>
    /// The offer begins the call, so that any relay will do, and failure ends it. Null: it does as long as the call has no To tag. Set it
    /// for a first offer that stands in a response.
    /// </summary>
    public bool? BeginsCall { get; init; }

    /// <summary>The answer is not final: it stands in a 1xx, another may follow, and the offer may still come to nothing.</summary>
    public bool IsProvisional { get; init; }

    internal MediaTerms TermsFor(MediaCall call) => new()
    {
        Flags = new MediaFlags
        {
            TrustSdpAddress = Source is null,
            Asymmetric = Asymmetric,
            FirstDirection = FirstDirection,
            SecondDirection = SecondDirection,
            BridgeFamilies = BridgeFamilies,
            PtimeMilliseconds = PtimeMilliseconds,
            IgnoreMark = IgnoreMark,
            RewriteSessionConnection = RewriteSessionConnection,
        },
        Set = call.Set,
        Source = Source,
        Local = Local,
        Address = Address,
        IcePriority = IcePriority,
        TimeoutTag = string.IsNullOrEmpty(TimeoutTag) ? call.CallId : TimeoutTag,
        Digits = Digits,
    };
}
