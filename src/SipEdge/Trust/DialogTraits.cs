namespace RtpProxy.SipEdge.Trust;

/// <summary>What was known of the ends of a dialog when it began.</summary>
[Flags]
internal enum DialogTraits : byte
{
    None = 0,

    /// <summary>The initiator had a password or was trusted: it may name third parties.</summary>
    InitiatorIsFree = 1,

    /// <summary>The initiator is a trusted server: its dialog may go on elsewhere than where it began.</summary>
    InitiatorIsServer = 2,

    /// <summary>The responder is a registered phone: right behind the address that it registered from.</summary>
    ResponderIsPhone = 4,

    /// <summary>The initiator was where it said it was, see <see cref="Sender.IsProven"/>.</summary>
    InitiatorIsProven = 8,
}
