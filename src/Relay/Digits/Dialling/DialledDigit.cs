namespace RtpProxy.Relay.Digits.Dialling;

/// <summary>A digit that a controller wants a party to seem to press.</summary>
/// <param name="Code">The event of RFC 4733, section 3.2.</param>
/// <param name="Volume">dB below full scale, 0 to 63.</param>
/// <param name="Milliseconds">How long it is pressed.</param>
/// <param name="PauseMilliseconds">Until the next one may begin.</param>
public readonly record struct DialledDigit(byte Code, byte Volume, int Milliseconds, int PauseMilliseconds)
{
    /// <summary>The last event that is a digit.</summary>
    public const byte LastCode = 15;

    public const byte MaxVolume = 63;

    public const int MinMilliseconds = 100;

    public const int MaxMilliseconds = 5_000;
}
