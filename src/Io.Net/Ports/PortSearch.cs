namespace RtpProxy.Io.Net.Ports;

/// <summary>
/// One walk over all pairs of a <see cref="PortRange"/>: claims a free pair, and when the machine refuses it the next.
/// <code>
/// while (search.TryClaimNext(out int port))
///     if (bind(port) worked) { search.Keep(); return; }
/// </code>
/// A claim that is not kept goes back with the next call; after the last attempt the caller says <see cref="GiveUp"/>.
/// </summary>
public struct PortSearch
{
    private readonly PortRange _range;
    private readonly PortClaims _claims;
    private readonly int _step;
    private int _index;
    private int _remaining;
    private bool _hasClaim;

    internal PortSearch(PortRange range, PortClaims claims, int start, int step)
    {
        _range = range;
        _claims = claims;
        _step = step;
        _remaining = range.PairCount;

        // One step back, since every attempt begins with a step.
        _index = (start - step + _remaining) % _remaining;
    }

    /// <summary>The next free pair, named by its RTP port; false when all have been tried.</summary>
    public bool TryClaimNext(out int rtpPort)
    {
        GiveUp();
        while (_remaining > 0)
        {
            _remaining--;
            _index = (_index + _step) % _range.PairCount;
            if (_claims.TryClaim(_index))
            {
                _hasClaim = true;
                rtpPort = _range.PortAt(_index);
                return true;
            }
        }

        rtpPort = 0;
        return false;
    }

    /// <summary>The pair is open: the claim stays until <see cref="PortRange.Release"/>.</summary>
    public void Keep()
    {
        _hasClaim = false;
        _claims.NoteOpened(_index);
    }

    /// <summary>Gives back the claim that was not kept.</summary>
    public void GiveUp()
    {
        if (_hasClaim)
        {
            _claims.Release(_index);
            _hasClaim = false;
        }
    }
}
