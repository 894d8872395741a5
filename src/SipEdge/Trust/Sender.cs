using RtpProxy.SipEdge.Configuration;

namespace RtpProxy.SipEdge.Trust;

/// <summary>Who sends a request.</summary>
/// <param name="Standing">What it may do.</param>
/// <param name="Owner">On whose account it is: a user, or else an address. A user may be named like an address, so a word tells which it is.</param>
internal sealed record Sender(Standing Standing, string Owner)
{
    /// <summary>It comes from a server that the configuration trusts.</summary>
    public bool IsTrusted { get; init; }

    /// <summary>The user who has given a password for this request.</summary>
    public UserSettings? User { get; init; }

    /// <summary>The dialog that the request belongs to, when it is ours.</summary>
    public DialogEnds? Dialog { get; init; }

    /// <summary>With <see cref="Dialog"/>: it is the end that began it.</summary>
    public bool IsInitiator { get; init; }

    /// <summary>With <see cref="Dialog"/>: it sends from the address where its end was when that began.</summary>
    public bool IsAtItsEnd { get; init; }

    /// <summary>It came over a connection: nobody else's address is in it.</summary>
    public bool HasConnection { get; init; }

    /// <summary>
    /// It is where it says it is: it has a password, is trusted, or is in a dialog of ours and still where that began. To anybody
    /// else over UDP nothing is sent twice, because it may be somebody else's address.
    /// </summary>
    public bool IsProven { get; init; }

    /// <summary>
    /// Whether a request within a dialog goes on only as often as it comes: it is of somebody who may have forged his source, or to
    /// somebody else than the other end by its source alone.
    /// </summary>
    public bool RepeatsItself(NextHop target) =>
        Dialog is { } ends
        && !HasConnection
        && !IsTrusted
        && User is null
        && (!IsProven || target.Host != (IsInitiator ? ends.Responder : ends.Initiator).Host);
}
