namespace RtpProxy.Media.Prompts;

/// <summary>
/// Cuts a prompt into payloads, as often as it is to be played. A tail shorter than a payload is dropped, each time round
/// (media rules, section 6).
/// </summary>
/// <remarks>Mutable value of one player; the prompt itself is shared and immutable.</remarks>
public struct PromptCursor
{
    private readonly int _payloadBytes;

    /// <param name="packet">Layout of the packets.</param>
    /// <param name="rounds">How often to play: 1 or more, or negative for without end.</param>
    /// <param name="position">Where another cursor left off, in bytes.</param>
    public PromptCursor(PromptPacket packet, int rounds, int position = 0)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(packet.PayloadBytes, nameof(packet));
        ArgumentOutOfRangeException.ThrowIfNegative(position);
        _payloadBytes = packet.PayloadBytes;
        RoundsLeft = rounds;
        Position = position;
    }

    /// <summary>How often to play from now on, the present round included; negative is without end.</summary>
    public int RoundsLeft { get; private set; }

    /// <summary>Where in the prompt the next payload begins, in bytes.</summary>
    public int Position { get; private set; }

    /// <summary>
    /// Takes the next payload. False at the end, and at once when the prompt is shorter than one payload, endless or not.
    /// </summary>
    /// <param name="frames">The prompt; the same at each call.</param>
    /// <param name="payload">Part of <paramref name="frames"/>.</param>
    public bool TryNext(ReadOnlySpan<byte> frames, out ReadOnlySpan<byte> payload)
    {
        payload = default;
        if (RoundsLeft == 0 || frames.Length < _payloadBytes)
        {
            return false;
        }

        if (frames.Length - Position < _payloadBytes)
        {
            Position = 0;
            if (RoundsLeft > 0 && --RoundsLeft == 0)
            {
                return false;
            }
        }

        payload = frames.Slice(Position, _payloadBytes);
        Position += _payloadBytes;
        return true;
    }
}
