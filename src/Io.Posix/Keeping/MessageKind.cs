namespace RtpProxy.Io.Posix.Keeping;

/// <summary>
/// The first byte of a message. A number keeps its meaning for ever: keeper and relay are often of different versions. One that is
/// not known is ignored by whoever gets it.
/// </summary>
internal enum MessageKind : byte
{
    // From the relay.
    Hold = 1,
    Drop = 2,
    Ready = 3,
    Running = 4,
    Frozen = 5,
    Refused = 6,
    UpgradeWanted = 7,
    Draining = 8,
    Ending = 9,
    Alive = 10,

    // From the keeper.
    Inherit = 65,
    Forget = 66,
    Begin = 67,
    Go = 68,
    Freeze = 69,
    Thaw = 70,
    End = 71,
    Stop = 72,
    Drain = 73,
    Told = 74,
    HoldAgain = 75,
}
