namespace RtpProxy.Controller.Offers;

/// <summary>
/// Whether the relay is added to ICE candidates, and how it ranks (<c>ice_candidate_priority_avp</c>).
/// </summary>
public enum IcePriority
{
    /// <summary>0: no candidates are added.</summary>
    None,

    /// <summary>1: preferred to all others.</summary>
    High,

    /// <summary>2: used when nothing else works.</summary>
    Low,
}
