using RtpProxy.ExtractAudio.Loading;

namespace RtpProxy.ExtractAudio.Mixing;

/// <summary>Puts the channels together, sample by sample, in constant memory.</summary>
internal sealed class Mixer : IDisposable
{
    private const int SamplesPerSecond = 8_000;
    private const long MaxSilence = 4L * 3_600 * SamplesPerSecond; // of all pauses together

    private readonly List<ChannelDecoder> _active = []; // in the order of the channel list
    private readonly Dictionary<ChannelDecoder, int> _order = [];
    private readonly Queue<(RecordedChannel Channel, long Skip, int Order)> _waiting;
    private readonly MixingContext _context;
    private readonly bool _inSync;
    private bool _isSounding;
    private long _silence;

    /// <param name="channels">All channels, by the arrival of their first packets.</param>
    /// <param name="inSync">
    /// True to place packets in time; false to play the channels of a side one after another, without gaps.
    /// </param>
    /// <param name="context">What the channels share.</param>
    public Mixer(IReadOnlyList<RecordedChannel> channels, bool inSync, MixingContext context)
    {
        _context = context;
        _inSync = inSync;
        double start = channels.Count == 0 ? 0 : channels.Min(channel => channel.StartSeconds);
        _waiting = new(channels
            .Select((channel, order) => (channel, inSync ? SkipOf(channel, start) : 0, order))
            .OrderBy(waiting => waiting.Item2));
    }

    /// <summary>Samples decoded of each side so far, silence within channels included.</summary>
    public long AnswerSamples { get; private set; }

    /// <inheritdoc cref="AnswerSamples"/>
    public long OriginateSamples { get; private set; }

    /// <summary>Mixes everything into <paramref name="output"/>.</summary>
    public void Run(ISampleOutput output)
    {
        for (long index = 0; ; index++)
        {
            StartChannels(index);
            bool delivered = Step(out int answer, out int originate);
            if (!delivered && _active.Count == 0 && _waiting.Count == 0)
            {
                return;
            }

            if (_isSounding || _silence++ < MaxSilence)
            {
                output.Write((short)answer, (short)originate);
            }
            else
            {
                _context.Complaints.AddOnce("more than 4 hours of silence, the rest of it is left out");
                index += SkipSilence(index);
            }
        }
    }

    public void Dispose()
    {
        foreach (ChannelDecoder decoder in _active)
        {
            decoder.Dispose();
        }
    }

    private static long SkipOf(RecordedChannel channel, double start) =>
        (long)((channel.StartSeconds - start) * SamplesPerSecond);

    private void StartChannels(long index)
    {
        while (_waiting.TryPeek(out var next) && next.Skip <= index)
        {
            _waiting.Dequeue();
            ChannelDecoder decoder = new(next.Channel, _inSync, _context);
            _order.Add(decoder, next.Order);
            int place = _active.Count;
            while (place > 0 && _order[_active[place - 1]] > next.Order)
            {
                place--;
            }

            _active.Insert(place, decoder);
        }
    }

    /// <summary>One sample of every channel that is running; false when none had any.</summary>
    private bool Step(out int answer, out int originate)
    {
        answer = originate = 0;
        _isSounding = false;
        bool hasAnswer = false;
        bool hasOriginate = false;
        for (int i = 0; i < _active.Count;)
        {
            ChannelDecoder channel = _active[i];
            bool isAnswer = channel.Side == RecordedSide.Answer;
            if (!_inSync && (isAnswer ? hasAnswer : hasOriginate))
            {
                i++; // waits until the one before it on its side has ended
                continue;
            }

            if (!channel.TryTake(out short sample))
            {
                Finish(i);
                continue;
            }

            _isSounding |= channel.IsSounding;
            if (isAnswer)
            {
                AnswerSamples++;
                answer = hasAnswer ? (answer + sample) / 2 : sample;
                hasAnswer = true;
            }
            else
            {
                OriginateSamples++;
                originate = hasOriginate ? (originate + sample) / 2 : sample;
                hasOriginate = true;
            }

            i++;
        }

        return hasAnswer || hasOriginate;
    }

    /// <summary>Leaves out what is nothing but silence of all channels that run, as far as it is known.</summary>
    /// <returns>The samples left out.</returns>
    private long SkipSilence(long index)
    {
        long skip = _waiting.TryPeek(out var next) ? Math.Max(next.Skip - index - 1, 0) : long.MaxValue;
        foreach (ChannelDecoder channel in _active)
        {
            skip = Math.Min(skip, channel.SilenceAhead);
        }

        if (skip == long.MaxValue)
        {
            return 0;
        }

        foreach (ChannelDecoder channel in _active)
        {
            channel.SkipSilence((int)skip);
            AnswerSamples += channel.Side == RecordedSide.Answer ? skip : 0;
            OriginateSamples += channel.Side == RecordedSide.Originate ? skip : 0;
        }

        return skip;
    }

    private void Finish(int index)
    {
        ChannelDecoder channel = _active[index];
        _active.RemoveAt(index);
        _order.Remove(channel);
        channel.Dispose();
    }
}
