namespace RtpProxy.Relay.Digits;

/// <summary>What a <see cref="DigitDetector"/> knows of the events of its party. Plain data; all zero is none.</summary>
internal struct DigitDetectorState
{
    public PressedDigits Events;

    /// <summary>The place that the next event takes, from 0.</summary>
    public byte Next;

    /// <summary>When all digits told so far could have been pressed by a person: what is further ahead is not told.</summary>
    public Instant ToldUntil;

    /// <summary>That digits come too fast was told.</summary>
    public bool IsHasteTold;
}
