namespace RtpProxy.Relay.Digits;

/// <summary>How far an event has come.</summary>
internal enum DigitPhase : byte
{
    /// <summary>There is none.</summary>
    None,

    /// <summary>It goes on.</summary>
    Pending,

    /// <summary>It is over: its packets come again, and mean nothing.</summary>
    Over,
}
