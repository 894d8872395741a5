namespace RtpProxy.Lines;

/// <summary>What becomes of a connection that comes when as many as may be are there already.</summary>
internal enum WhenFull
{
    /// <summary>It is accepted, closed at once, and counted.</summary>
    Refuse,

    /// <summary>It stays in the backlog of the kernel until another one has ended.</summary>
    Wait,
}
