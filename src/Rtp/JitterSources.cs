namespace RtpProxy.Rtp;

/// <summary>
/// Jitter of the sources of one stream, at most ten (media rules, section 4.3). That of the source that is heard now is in the
/// <see cref="ReceptionState"/>, those of the others are here. When an eleventh appears, the oldest is added to the sums of
/// the forgotten ones.
/// </summary>
/// <remarks>Allocates when a source appears for which there is no room yet, and nothing for a packet of a known source.</remarks>
internal struct JitterSources
{
    private JitterState[]? _places; // the oldest first; that of the present source is not up to date

    /// <summary>The records in the order in which the sources appeared; that of the present one means nothing.</summary>
    public readonly ReadOnlySpan<JitterState> Places => _places;

    /// <summary>Takes over what another had.</summary>
    public void Set(ReadOnlySpan<JitterState> places) => _places = places.IsEmpty ? null : places.ToArray();

    public void OnPacket(ref ReceptionState state, Ssrc ssrc, long arrival, RtpTimestamp timestamp, bool clockRestarted)
    {
        if (state.Jitter.Ssrc != ssrc || state.Sources == 0)
        {
            Change(ref state, ssrc);
        }

        state.Jitter.OnPacket(arrival, timestamp.Value, clockRestarted);
    }

    /// <summary>Null until some source has sent two packets that can be compared.</summary>
    public readonly JitterSummary? Summarise(in ReceptionState state)
    {
        double maximum = state.ForgottenMaximum;
        double total = state.ForgottenTotal;
        uint steps = state.ForgottenSteps;
        double? last = null;
        for (int i = state.Sources - 1; i >= 0; i--)
        {
            ref readonly JitterState source = ref i == state.Present ? ref state.Jitter : ref _places![i];
            if (source.HasJitter)
            {
                last ??= source.Last;
                maximum = Math.Max(maximum, source.Maximum);
                total += source.Total;
                steps += source.Counted - 1;
            }
        }

        return steps == 0 ? null : new JitterSummary(last ?? 0, total / steps, maximum);
    }

    private void Change(ref ReceptionState state, Ssrc ssrc)
    {
        if (state.Sources > 0)
        {
            PutAway(state);
        }

        for (int i = state.Sources - 1; i >= 0; i--)
        {
            if (_places![i].Ssrc == ssrc)
            {
                state.Present = (byte)i;
                state.Jitter = _places[i];
                return;
            }
        }

        if (state.Sources == ReceptionState.MaxSources)
        {
            ForgetOldest(ref state);
        }

        state.Present = state.Sources++;
        state.Jitter = new JitterState { Ssrc = ssrc };
    }

    private void PutAway(in ReceptionState state)
    {
        int room = _places?.Length ?? 0;
        if (state.Present >= room)
        {
            Array.Resize(ref _places, Math.Clamp(room * 2, 2, ReceptionState.MaxSources));
        }

        _places![state.Present] = state.Jitter;
    }

    private readonly void ForgetOldest(ref ReceptionState state)
    {
        ref readonly JitterState oldest = ref _places![0];
        if (oldest.HasJitter)
        {
            state.ForgottenMaximum = Math.Max(state.ForgottenMaximum, oldest.Maximum);
            state.ForgottenTotal += oldest.Total;
            state.ForgottenSteps += oldest.Counted - 1;
        }

        state.Sources--;
        Array.Copy(_places, 1, _places, 0, state.Sources);
    }
}
