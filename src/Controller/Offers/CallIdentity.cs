using RtpProxy.Sip;

namespace RtpProxy.Controller.Offers;

/// <summary>By what a node knows the call of a message.</summary>
/// <param name="CallId">The Call-ID as in the header: what a node is chosen by.</param>
/// <param name="Key">The Call-ID as sent, with the suffix that flags ask for.</param>
/// <param name="FromTag">The tag of From.</param>
/// <param name="ToTag">The tag of To; null before a dialog exists.</param>
internal sealed record CallIdentity(string CallId, string Key, string FromTag, string? ToTag)
{
    /// <summary>Reads the identity of a message.</summary>
    /// <returns>False with a reason when something is missing.</returns>
    public static bool TryRead(
        SipMessage message, MediaFlags flags, string? extraId, out CallIdentity identity, out string reason)
    {
        ArgumentNullException.ThrowIfNull(message);
        ArgumentNullException.ThrowIfNull(flags);
        identity = null!;
        reason = "";
        if (message.CallId is not { } callId)
        {
            reason = "the message has no Call-ID";
            return false;
        }

        if (message.FromTag is not { } fromTag)
        {
            reason = "the message has no From tag";
            return false;
        }

        int? viaIndex = flags.Suffix switch
        {
            CallIdSuffix.FirstBranch => 0,
            CallIdSuffix.SecondBranch => 1,
            CallIdSuffix.BranchByDirection => message.IsRequest ? 0 : 1,
            _ => null,
        };
        string? suffix = flags.Suffix == CallIdSuffix.ExtraId ? extraId : null;
        if (viaIndex is int index)
        {
            suffix = message.FindVia(index)?.Branch;
            if (string.IsNullOrEmpty(suffix))
            {
                reason = index == 0 ? "the first Via has no branch" : "there is no second Via with a branch";
                return false;
            }
        }

        string key = suffix is null ? callId : $"{callId};{suffix}";
        identity = new CallIdentity(callId, key, fromTag, message.ToTag);
        return true;
    }
}
