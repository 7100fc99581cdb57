package io.pacewire.track.geo;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import java.util.List;
import org.locationtech.jts.geom.Envelope;
import org.locationtech.jts.index.strtree.AbstractNode;
import org.locationtech.jts.index.strtree.Boundable;
import org.locationtech.jts.index.strtree.ItemBoundable;
import org.locationtech.jts.index.strtree.STRtree;

/**
 * A packed tree of boxes in degrees whose search can be stopped: the tree's own goes through all
 * that meets a box, which takes milliseconds where thousands meet. Once built it does not change.
 */
final class BoxTree {
  private static final double ROUND_DEG = 360;

  private final STRtree tree = new STRtree();

  void insert(Envelope box, Object item) {
    tree.insert(box, item);
  }

  /** All that the tree would put off until it is first asked, when threads may be at odds. */
  void build() {
    tree.build();
    settle(tree.getRoot());
  }

  /** A box at the antimeridian is looked for on both its sides, so an item may be visited twice. */
  void query(Envelope box, Visitor visitor) {
    boolean more = search(tree.getRoot(), box, visitor);
    if (more && DegreeBox.touchesSeam(box)) {
      boolean still = search(tree.getRoot(), DegreeBox.shifted(box, ROUND_DEG), visitor);
      if (still) {
        search(tree.getRoot(), DegreeBox.shifted(box, -ROUND_DEG), visitor);
      }
    }
  }

  @CanIgnoreReturnValue
  private static boolean search(AbstractNode node, Envelope box, Visitor visitor) {
    List<?> children = node.getChildBoundables();
    for (int i = 0; i < children.size(); i++) {
      Boundable child = (Boundable) children.get(i);
      if (box.intersects((Envelope) child.getBounds()) && !enter(child, box, visitor)) {
        return false;
      }
    }
    return true;
  }

  private static boolean enter(Boundable child, Envelope box, Visitor visitor) {
    return child instanceof AbstractNode
        ? search((AbstractNode) child, box, visitor)
        : visitor.visit(((ItemBoundable) child).getItem());
  }

  private static void settle(AbstractNode node) {
    node.getBounds();
    for (Object child : node.getChildBoundables()) {
      if (child instanceof AbstractNode) {
        settle((AbstractNode) child);
      }
    }
  }

  interface Visitor {
    /** Whether there is need of more. */
    boolean visit(Object item);
  }
}
