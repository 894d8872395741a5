namespace RtpProxy.Controller.Offers;

/// <summary>
/// What is glued to the Call-ID in commands, behind a semicolon (flags 1, 2, 3, b): several sessions of one Call-ID.
/// </summary>
public enum CallIdSuffix
{
    None,

    /// <summary>Flag <c>1</c>: the branch of the topmost Via.</summary>
    FirstBranch,

    /// <summary>Flag <c>2</c>: the branch of the second Via.</summary>
    SecondBranch,

    /// <summary>
    /// Flag <c>3</c>: the first branch in requests, the second in replies; that is the same transaction both times.
    /// </summary>
    BranchByDirection,

    /// <summary>Flag <c>b</c>: <see cref="MessageContext.ExtraId"/>; nothing when that is not given.</summary>
    ExtraId,
}
