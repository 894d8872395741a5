namespace RtpProxy.Media.Prompts;

/// <summary>
/// Cuts a prompt into payloads, as often as it is to be played. A tail shorter than a payload is dropped, each time round
/// (media rules, section 6).
/// </summary>
/// <remarks>Mutable value of one player; the prompt itself is shared and immutable.</remarks>
public struct PromptCursor
{
    private readonly int _payloadBytes;
    private int _roundsLeft;
    private int _position;

    /// <param name="packet">Layout of the packets.</param>
    /// <param name="rounds">How often to play: 1 or more, or negative for without end.</param>
    public PromptCursor(PromptPacket packet, int rounds)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(packet.PayloadBytes, nameof(packet));
        _payloadBytes = packet.PayloadBytes;
        _roundsLeft = rounds;
    }

    /// <summary>
    /// Takes the next payload. False at the end, and at once when the prompt is shorter than one payload, endless or not.
    /// </summary>
    /// <param name="frames">The prompt; the same at each call.</param>
    /// <param name="payload">Part of <paramref name="frames"/>.</param>
    public bool TryNext(ReadOnlySpan<byte> frames, out ReadOnlySpan<byte> payload)
    {
        payload = default;
        if (_roundsLeft == 0 || frames.Length < _payloadBytes)
        {
            return false;
        }

        if (frames.Length - _position < _payloadBytes)
        {
            _position = 0;
            if (_roundsLeft > 0 && --_roundsLeft == 0)
            {
                return false;
            }
        }

        payload = frames.Slice(_position, _payloadBytes);
        _position += _payloadBytes;
        return true;
    }
}
