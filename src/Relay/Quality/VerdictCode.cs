namespace RtpProxy.Relay.Quality;

/// <summary>What is the matter with a call, in one word (docs/verdicts.md). Machines rely on the names.</summary>
public enum VerdictCode : byte
{
    /// <summary>Too early to say, or only one party is signalled.</summary>
    Waiting,

    /// <summary>Both parties were heard lately, and each is sent what the other says.</summary>
    Ok,

    /// <summary>Nobody was heard since the call was set up.</summary>
    Silent,

    /// <summary>One party was heard, the other never.</summary>
    OneWay,

    /// <summary>A party was heard and has stopped, while the other goes on.</summary>
    OneWayStopped,

    /// <summary>What comes to a party's port is refused.</summary>
    Refused,

    /// <summary>A party is said to be where nobody can reach it from here, and was not heard.</summary>
    PrivateAddress,

    /// <summary>The network tells that a party's port is closed, or its host away.</summary>
    Unreachable,

    /// <summary>A party was put on hold, or hears a prompt: no fault.</summary>
    Held,

    /// <summary>A party's address is of another family than our port for it.</summary>
    WrongFamily,

    /// <summary>What a party sends is not RTP.</summary>
    NotRtp,

    /// <summary>Both are heard, and one of them badly.</summary>
    BadQuality,
}
