package dev.sluice.refined.export;

import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.concurrent.atomic.LongAdder;
import org.apache.http.HttpEntityEnclosingRequest;
import org.apache.http.HttpRequest;
import org.apache.http.HttpRequestInterceptor;
import org.apache.http.entity.HttpEntityWrapper;
import org.apache.http.protocol.HttpContext;

/** Counts the bytes of uploads as they go onto the wire, repeated chunks included. */
final class EgressMeter implements HttpRequestInterceptor {
  private final LongAdder uploaded = new LongAdder();

  /** Bytes of upload bodies sent so far. */
  long bytes() {
    return uploaded.sum();
  }

  @Override
  public void process(HttpRequest request, HttpContext context) {
    if (request instanceof HttpEntityEnclosingRequest withBody
        && withBody.getEntity() != null
        && "PUT".equals(request.getRequestLine().getMethod())) {
      withBody.setEntity(
          new HttpEntityWrapper(withBody.getEntity()) {
            @Override
            public void writeTo(OutputStream out) throws IOException {
              super.writeTo(new Counting(out));
            }
          });
    }
  }

  private final class Counting extends FilterOutputStream {
    Counting(OutputStream out) {
      super(out);
    }

    @Override
    public void write(int b) throws IOException {
      out.write(b);
      uploaded.increment();
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
      out.write(bytes, offset, length);
      uploaded.add(length);
    }
  }
}
