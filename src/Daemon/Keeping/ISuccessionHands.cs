using RtpProxy.Io.Posix.Keeping;

namespace RtpProxy.Daemon.Keeping;

/// <summary>What <see cref="Succession"/> has done. Relays have numbers, in the order in which they were started.</summary>
internal interface ISuccessionHands
{
    /// <summary>Starts a relay.</summary>
    /// <returns>Why that did not work; null if it did.</returns>
    string? StartRelay(int relay, RelayProgram program);

    /// <summary>Passes all that is held on to a relay.</summary>
    void PassOn(int relay);

    /// <summary>Passes on what has changed of it since.</summary>
    void PassOnChanges(int relay);

    void Say(int relay, KeeperMessage message);

    /// <summary>Ends a relay at once; its end is told as any other.</summary>
    void Kill(int relay);

    /// <summary>Becomes the program that is at the path now: this one is left where that works.</summary>
    void Replace();

    /// <summary>Ends the keeper.</summary>
    void End(int status);

    void Tell(SuccessionNews news);
}
