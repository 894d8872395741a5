using RtpProxy.Protocols.Ng.Encodings;
using RtpProxy.Protocols.Ng.Figures;

namespace RtpProxy.Protocols.Ng.Replies;

/// <summary>
/// Writes replies, <c>COOKIE SP DICTIONARY</c> in the encoding of the request (ng protocol, 1.2). <see cref="Begin(in NgMessage)"/>, then
/// one of the others, then <see cref="Written"/>.
/// </summary>
/// <remarks>Not thread-safe; used again for the next reply, so that its buffer is.</remarks>
public sealed class NgReplyWriter
{
    private readonly NgWriter _writer = new();
    private readonly byte[] _prefix = new byte[NgLimits.MaxCookieLength + 1];
    private int _prefixLength;
    private NgEncoding _encoding;

    /// <summary>The whole reply; valid until the next <see cref="Begin(in NgMessage)"/>.</summary>
    public ReadOnlySpan<byte> Written => _writer.Written;

    /// <summary>
    /// True if the reply is longer than a datagram can be, which only a session description can make it.
    /// </summary>
    public bool IsOverflowed => _writer.Length > NgLimits.MaxLength;

    /// <summary>The reply is an error.</summary>
    public bool IsError { get; private set; }

    /// <summary>Takes cookie and encoding from a request.</summary>
    public void Begin(in NgMessage request) => Begin(request.Cookie, request.Encoding);

    /// <param name="cookie">Empty for a reply without one.</param>
    /// <param name="encoding">Of the request.</param>
    public void Begin(ReadOnlySpan<byte> cookie, NgEncoding encoding)
    {
        IsError = false;
        _encoding = encoding;
        _prefixLength = 0;
        if (!cookie.IsEmpty)
        {
            cookie.CopyTo(_prefix);
            _prefix[cookie.Length] = (byte)' ';
            _prefixLength = cookie.Length + 1;
        }
    }

    /// <summary>An error is nothing but its text.</summary>
    public void WriteError(string text)
    {
        IsError = true;
        BeginResult("error");
        _writer.Text("error-reason", text);
        _writer.End();
    }

    public void WritePong()
    {
        BeginResult("pong");
        _writer.End();
    }

    /// <summary>For clients that said that they understand it; others get an error (8.1).</summary>
    public void WriteLoadLimit(string message)
    {
        BeginResult("load limit");
        _writer.Text("message", message);
        _writer.End();
    }

    public void WriteOk()
    {
        BeginResult("ok");
        _writer.End();
    }

    /// <summary>What was asked is done, unless there is an error.</summary>
    public void WriteOkUnless(string? error)
    {
        if (error is null)
        {
            WriteOk();
        }
        else
        {
            WriteError(error);
        }
    }

    public void WriteOk(OkReply reply)
    {
        BeginResult("ok");
        WriteOptional("sdp", reply.Sdp);
        WriteOptional("call-id", reply.CallId);
        WriteOptional("from-tag", reply.FromTag);
        WriteOptional("warning", reply.Warning);
        if (reply.Recordings.Count > 0)
        {
            WriteTexts("recordings", reply.Recordings);
        }

        WriteOptional("duration", (long?)reply.Duration?.TotalMilliseconds);
        WriteOptional("last-frame-pos", reply.LastFramePosition);
        _writer.End();
    }

    /// <summary>The reply of <c>list</c>: as many of the call-ids as fit.</summary>
    public void WriteCalls(IEnumerable<string> callIds)
    {
        BeginResult("ok");
        _writer.BeginList("calls");
        foreach (string callId in callIds)
        {
            // A byte takes up to six in JSON.
            if (_writer.Length + (callId.Length * 6) > NgLimits.MaxReplyLength)
            {
                break;
            }

            _writer.Text(callId);
        }

        _writer.End();
        _writer.End();
    }

    public void WriteSubscription(SubscriptionReply reply)
    {
        BeginResult("ok");
        _writer.Text("sdp", reply.Sdp);
        _writer.Text("to-tag", reply.ToTag);
        WriteTexts("from-tags", reply.Sources.Select(source => source.Tag));
        WriteOptional("from-tag", reply.Sources is [var only] ? only.Tag : null);
        if (reply.IsSiprec)
        {
            WriteTagMedias(reply.Sources);
            WriteMediaLabels(reply.Sources);
        }

        _writer.End();
    }

    /// <summary>
    /// The reply of <c>query</c> and <c>delete</c>, <see cref="NgLimits.MaxReplyLength"/> bytes at most: what does not fit is
    /// left out, at last the newest parties.
    /// </summary>
    public void WriteCall(CallFigures call)
    {
        int parties = call.Parties.Count;
        for (CallDetail detail = CallDetail.Everything; detail <= CallDetail.NoRtcpStreams; detail++)
        {
            if (TryWriteCall(call, detail, parties))
            {
                return;
            }
        }

        // The largest number of parties that fits, found by halving.
        int fitting = 0;
        int tooMany = parties;
        while (tooMany - fitting > 1)
        {
            int middle = (fitting + tooMany) / 2;
            if (TryWriteCall(call, CallDetail.NoRtcpStreams, middle))
            {
                fitting = middle;
            }
            else
            {
                tooMany = middle;
            }
        }

        TryWriteCall(call, CallDetail.NoRtcpStreams, fitting);
    }

    public void WriteStatistics(StatisticsFigures statistics)
    {
        BeginResult("ok");
        new StatisticsTree(_writer).Write(statistics);
        _writer.End();
    }

    /// <summary>Any dictionary, as it is; the result is in it.</summary>
    public void Write(NgDictionary dictionary)
    {
        _writer.Reset(_encoding, _prefix.AsSpan(0, _prefixLength));
        _writer.Value(new NgValue(dictionary));
    }

    private bool TryWriteCall(CallFigures call, CallDetail detail, int parties)
    {
        BeginResult("ok");
        new CallTree(_writer, detail, parties).Write(call);
        _writer.End();
        return _writer.Length <= NgLimits.MaxReplyLength;
    }

    private void WriteTagMedias(IReadOnlyList<SubscribedParty> sources)
    {
        _writer.BeginList("tag-medias");
        foreach (SubscribedParty source in sources)
        {
            _writer.BeginDictionary();
            _writer.Text("tag", source.Tag);
            WriteOptional("label", source.Label);
            _writer.BeginList("medias");
            foreach (SubscribedMedia media in source.Medias)
            {
                _writer.BeginDictionary();
                _writer.Number("index", media.Index);
                _writer.Text("type", media.Type);
                _writer.Text("label", media.Label);
                _writer.Text("mode", media.Mode);
                _writer.End();
            }

            _writer.End();
            _writer.End();
        }

        _writer.End();
    }

    private void WriteMediaLabels(IReadOnlyList<SubscribedParty> sources)
    {
        _writer.BeginDictionary("media-labels");
        foreach (SubscribedParty source in sources)
        {
            foreach (SubscribedMedia media in source.Medias)
            {
                _writer.BeginDictionary(media.Label);
                _writer.Text("tag", source.Tag);
                _writer.Number("index", media.Index);
                _writer.Text("type", media.Type);
                WriteOptional("label", source.Label);
                _writer.Text("mode", media.Mode);
                _writer.End();
            }
        }

        _writer.End();
    }

    // The order of keys is free; the result first, so that what reads only the beginning has it.
    private void BeginResult(string result)
    {
        _writer.Reset(_encoding, _prefix.AsSpan(0, _prefixLength));
        _writer.BeginDictionary();
        _writer.Text("result", result);
    }

    private void WriteOptional(string key, string? text)
    {
        if (text is not null)
        {
            _writer.Text(key, text);
        }
    }

    private void WriteOptional(string key, long? number)
    {
        if (number is { } value)
        {
            _writer.Number(key, value);
        }
    }

    private void WriteTexts(string key, IEnumerable<string> texts)
    {
        _writer.BeginList(key);
        foreach (string text in texts)
        {
            _writer.Text(text);
        }

        _writer.End();
    }
}
